import Datasets
import YAML

/// How an experiment finds out what its data are like.
public enum DataKnowledge: Sendable {
  /// By looking at them.
  case looking(DataLocation)
  /// From what was found when its run began.
  case known(Survey)

  /// Reads the field `dataset` and looks at the data; nil after a report.
  func dataset(in fields: inout Fields) -> SurveyedDataset? {
    let key = "dataset"
    let read = fields.item(key, of: DatasetCatalog.all, default: "mnist", "where real samples come from")
    guard let dataset = read else { return nil }
    switch self {
    case .known(let survey): return SurveyedDataset(dataset, survey: survey)
    case .looking(let location):
      let entry = fields.resolved[key]
      func mark(_ field: String?) -> Mark {
        let value = field.flatMap { entry?[type(of: dataset).name]?[$0]?.mark }
        return [value, entry?.mark].lazy.compactMap { $0 }.first(where: \.isSomewhere) ?? fields.mark(of: key)
      }
      do throws(DataError) {
        let survey = try dataset.survey(in: location)
        for note in survey.notes { fields.diagnostics.warning(note, at: mark("path")) }
        return SurveyedDataset(dataset, survey: survey)
      } catch {
        fields.diagnostics.error(error.headline, at: mark(error.field), remedy: error.remedy)
        return nil
      }
    }
  }
}
