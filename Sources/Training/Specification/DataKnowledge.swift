import Datasets
import Specs

/// How an experiment finds out what its data are like.
package enum DataKnowledge: Sendable {
  /// By looking at them, as closely as their number and shape ask for.
  case looking(DataLocation)
  /// By looking at them as closely as a check can afford.
  case inspecting(DataLocation)
  /// From what was found when its run began, of the data and of those to evaluate on; what was not is looked at in a location, if
  /// there is one.
  case known(DatasetSummary, validation: DatasetSummary? = nil, in: DataLocation? = nil)

  /// Where data and networks of features are looked at; nil where nothing is.
  var location: DataLocation? {
    switch self {
    case .looking(let location), .inspecting(let location): location
    case .known(_, _, let location): location
    }
  }

  /// Where files that a spec names are looked at while it can be corrected; nil for the spec of a run.
  var specLocation: DataLocation? {
    switch self {
    case .looking(let location), .inspecting(let location): location.isOfRun ? nil : location
    case .known: nil
    }
  }

  /// Reads the field `dataset` and looks at the data; nil after a report.
  package func dataset(in fields: inout Fields) -> SurveyedDataset? {
    let key = FieldName.dataset.name
    let read = fields.item(.dataset, of: DatasetCatalog.all, default: "mnist", "where real samples come from")
    guard let dataset = read else { return nil }
    let entry = fields.resolved[key]
    let given = entry?[type(of: dataset).name]?.pairs ?? []
    let isOwn = entry?.mark.isSomewhere ?? false
    let marks = SurveyedDataset.Marks(
      entry: isOwn ? entry?.mark ?? .nowhere : fields.mark(of: key),
      fields: Dictionary(given.map { ($0.key.text ?? "", $0.value.mark) }) { first, _ in first })
    switch self {
    case .known(let survey, _, _): return SurveyedDataset(dataset, survey: survey, marks: marks)
    case .looking(let location): return look(at: dataset, location, isClose: false, marks, fields.diagnostics)
    case .inspecting(let location): return look(at: dataset, location, isClose: true, marks, fields.diagnostics)
    }
  }

  /// Looks at data to evaluate on; nil after a report.
  /// - Parameter isSplit: whether they are a part of the data to learn from, of which is said whether they are here.
  func validation(
    _ dataset: any Dataset, isSplit: Bool = false, at mark: Mark, diagnostics: Diagnostics
  ) -> SurveyedDataset? {
    let marks = SurveyedDataset.Marks(entry: mark)
    switch self {
    case .known(_, let survey?, _): return SurveyedDataset(dataset, survey: survey, marks: marks)
    case .known(_, nil, let location):
      return look(at: dataset, location ?? .standard(), isClose: false, marks, diagnostics)
    case .looking(let location): return look(at: dataset, location, isClose: false, marks, diagnostics)
    case .inspecting(let location):
      return look(at: dataset, location, isClose: true, saysAbsence: !isSplit, marks, diagnostics)
    }
  }

  /// Looks at another split of a dataset whose spec is given; nil after a report.
  ///
  /// It is the same data, whole: the first samples and mirror images are for learning.
  func otherSplit(
    _ split: String, of dataset: SurveyedDataset, _ spec: Node, at mark: Mark = .nowhere,
    diagnostics: Diagnostics = Diagnostics()
  ) -> SurveyedDataset? {
    func mapping(_ pairs: [(key: Node, value: Node)]) -> Node { Node(.mapping(pairs), mark: .nowhere) }
    guard let part = type(of: dataset.source).partField else { return nil }
    let kept = (spec["dataset"]?[dataset.name]?.pairs ?? []).filter {
      ![part, "subset", "horizontal_flip"].contains($0.key.text)
    }
    let own = mapping(kept + [(key: Node.string(part), value: Node.string(split))])
    let node = mapping([(key: Node.string(dataset.name), value: own)])
    var fields = Fields(
      mapping([(key: Node.string("dataset"), value: node)]), of: "a spec", diagnostics: Diagnostics())
    guard let other = fields.item(.dataset, of: DatasetCatalog.all, "") else { return nil }
    return validation(other, isSplit: true, at: mark, diagnostics: diagnostics)
  }

  private func look(
    at dataset: any Dataset, _ location: DataLocation, isClose: Bool, saysAbsence: Bool = true,
    _ marks: SurveyedDataset.Marks,
    _ diagnostics: Diagnostics
  ) -> SurveyedDataset? {
    do throws(DataError) {
      let survey = try dataset.survey(in: location)
      for note in survey.notes {
        diagnostics.warning(note.text, at: marks.mark(of: note.field ?? "path"), remedy: note.remedy)
      }
      let inspection = isClose ? try dataset.inspect(survey, in: location) : nil
      if saysAbsence, let remedy = inspection?.absence {
        diagnostics.warning(
          "the data of \(type(of: dataset).name) are not here, without which no run begins", at: marks.mark(of: nil),
          remedy: remedy)
      }
      return SurveyedDataset(dataset, survey: survey, inspection: inspection, marks: marks)
    } catch {
      diagnostics.error(error.headline, at: marks.mark(of: error.field), remedy: marks.remedy(of: error))
      return nil
    }
  }
}

extension FieldName {
  static let dataset = FieldName("dataset", alsoCalled: ["data"])
}

extension SurveyedDataset.Marks {
  /// What to do about an error; also that its field is a parent's, which mappings that merge keep.
  func remedy(of error: DataError) -> String {
    guard let field = error.field, let path = fields["path"], path.isSomewhere, let mark = fields[field],
      mark.isSomewhere, mark.source !== path.source
    else { return error.remedy }
    return "\(error.remedy); this \(field) is kept from \(mark.source.name), which \(path.source.name) extends: "
      + "\(field): null leaves it out"
  }
}
