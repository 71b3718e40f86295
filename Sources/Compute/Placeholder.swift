import CHost
import COpenBLAS
public func coreName() -> String { host_flush_denormals(); return String(cString: openblas_get_corename()) + " \(host_has_avx2())" }
