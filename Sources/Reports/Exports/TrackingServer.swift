import Files
import FoundationEssentials
import Training

/// A tracking server of MLflow, asked through version 2.0 of its REST interface.
struct TrackingServer {
  /// The address without a slash at its end, `http://127.0.0.1:5000`.
  private let place: String
  /// The same for people to read, without a name and password.
  let address: String

  init(_ address: String) {
    place = String(address.reversed().drop { $0 == "/" }.reversed())
    self.address = place.replacing(#/^(\w+:\/\/)[^\/@]*@/#) { $0.output.1 }
  }

  private struct Complaint: Decodable {
    let errorCode: String?
    let message: String?
  }

  /// Whether there is nothing of a name.
  private static let missing = "RESOURCE_DOES_NOT_EXIST"

  /// Sends a question to an end point.
  /// - Throws: `RunError` (69) where the server cannot be reached or refuses.
  func ask<Reply: Decodable>(_ endpoint: String, _ question: some Encodable) throws(RunError) -> Reply {
    guard let reply: Reply = try askIfThere("POST", endpoint, question) else {
      throw RunError("\(address) knows no \(endpoint)", remedy: "is it a server of MLflow?", exitCode: 69)
    }
    return reply
  }

  /// Looks something up; nil where there is no such thing.
  func find<Reply: Decodable>(_ endpoint: String) throws(RunError) -> Reply? {
    try askIfThere("GET", endpoint, nil as String?)
  }

  private func askIfThere<Reply: Decodable>(
    _ method: String, _ endpoint: String, _ question: (some Encodable)?
  ) throws(RunError) -> Reply? {
    let path = "\(place)/api/2.0/mlflow/\(endpoint)"
    let answer = try send(WebRequest(method, path, body: question.map { TrackingServer.line($0) } ?? []))
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let data = Data(answer.body)
    if answer.status == 200, let reply = try? decoder.decode(Reply.self, from: data) { return reply }
    let complaint = try? decoder.decode(Complaint.self, from: data)
    if complaint?.errorCode == TrackingServer.missing { return nil }
    throw refusal(answer.status, complaint?.message)
  }

  private func refusal(_ status: Int, _ message: String?) -> RunError {
    RunError(
      "\(address) refuses with status \(status)" + (message.map { ": \($0)" } ?? ""),
      remedy: message == nil
        ? "give the address of a tracking server, such as http://127.0.0.1:5000"
        : "what it has of the run is marked as failed there", exitCode: 69)
  }

  private func send(_ request: WebRequest) throws(RunError) -> WebRequest.Answer {
    do throws(WebRequest.Failure) {
      return try request.answer()
    } catch {
      throw RunError(
        "\(address) does not answer: \(error.reason)", remedy: "begin one with: mlflow server", exitCode: 69)
    }
  }

  /// Stores a file of a run.
  func store(_ bytes: [UInt8], at path: String) throws(RunError) {
    let request = WebRequest(
      "PUT", "\(place)/api/2.0/mlflow-artifacts/artifacts/\(path)", kind: "application/octet-stream", body: bytes)
    let answer = try send(request)
    guard answer.status == 200 else { throw refusal(answer.status, nil) }
  }

  /// Numbers that are none are words, as MLflow reads them.
  private static func line(_ value: some Encodable) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    guard let data = try? encoder.encode(value) else { preconditionFailure("a value that JSON cannot hold") }
    return [UInt8](data)
  }
}
