import Glibc

/// `fuzz READER [libFuzzer's flags and folders]`: calls one reader with inputs that libFuzzer makes.
///
/// The process's main function is libFuzzer's, which calls the two functions below.
enum Fuzz {
  static let reader = Reader.all.first { CommandLine.arguments.dropFirst().first == $0.name }
}

/// Takes the reader's name from the arguments, and puts the length of its longest input in its place.
@_cdecl("LLVMFuzzerInitialize")
func initialize(
  _ count: UnsafeMutablePointer<Int32>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>
) -> Int32 {
  guard let reader = Fuzz.reader else {
    print("usage: fuzz READER [libFuzzer's flags and folders]")
    print("readers: \(Reader.all.map(\.name).joined(separator: " "))")
    exit(64)
  }
  arguments.pointee[1] = strdup("-max_len=\(reader.longest)")
  return 0
}

/// Reads one input.
@_cdecl("LLVMFuzzerTestOneInput")
func test(_ bytes: UnsafePointer<UInt8>?, _ length: Int) -> Int32 {
  Fuzz.reader?.read(Array(UnsafeBufferPointer(start: bytes, count: length)))
  return 0
}
