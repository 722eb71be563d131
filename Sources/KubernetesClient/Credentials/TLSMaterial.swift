internal import Foundation
internal import Glibc
internal import KubernetesAPI
internal import NIOSSL

/// The certificates of a connection as they are read, so that one sees whether they have changed.
struct TLSMaterial: Hashable, Sendable {
    private var authorities: Data?
    private var checksServer: Bool
    private var chain: Data?
    private var key: Data?

    init(_ trust: ClientConfiguration.Trust, _ certificate: ClientConfiguration.ClientCertificate?) throws(ClientError)
    {
        checksServer = trust != .nobodyChecks
        if case .authorities(let material) = trust { authorities = try CredentialFile.read(material) }
        if let certificate {
            chain = try CredentialFile.read(certificate.chain)
            key = try CredentialFile.read(certificate.key)
        }
    }

    func configuration() throws(ClientError) -> TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        if !checksServer { configuration.certificateVerification = .none }
        if let authorities {
            configuration.trustRoots = .certificates(try Self.certificates(authorities, "the cluster's authorities"))
        }
        if let chain, let key {
            configuration.certificateChain = try Self.certificates(chain, "the client's certificate")
                .map { .certificate($0) }
            do {
                configuration.privateKey = .privateKey(try NIOSSLPrivateKey(bytes: Array(key), format: .pem))
            } catch {
                throw .credentials("the client's key is no private key in PEM")
            }
        }
        return configuration
    }

    private static func certificates(_ data: Data, _ what: String) throws(ClientError) -> [NIOSSLCertificate] {
        guard let certificates = try? NIOSSLCertificate.fromPEMBytes(Array(data)), !certificates.isEmpty else {
            throw .credentials("\(what): there are no certificates in PEM")
        }
        return certificates
    }
}

/// Reads the small files that prove something.
enum CredentialFile {
    /// More is no certificate and no token.
    private static let limit = 1 << 20

    static func read(_ material: ClientConfiguration.Material) throws(ClientError) -> Data {
        switch material {
        case .data(let data): data
        case .file(let path): try read(path)
        }
    }

    static func read(_ path: String) throws(ClientError) -> Data {
        let data: Data
        do {
            let file = try FileHandle(forReadingFrom: URL(filePath: path))
            defer { try? file.close() }
            data = try file.read(upToCount: limit + 1) ?? Data()
        } catch {
            throw .credentials("\(path) cannot be read: \(reason(path, error))")
        }
        guard data.count <= limit else { throw .credentials("\(path) is larger than \(limit) bytes") }
        return data
    }
    /// Why a file cannot be read; Foundation's own sentence says that it cannot, and rarely why.
    private static func reason(_ path: String, _ error: any Error) -> String {
        access(path, R_OK) == 0 ? (error as NSError).localizedDescription : String(cString: strerror(errno))
    }
}
