import Foundation

/// An authority, and what it has signed for a server on this machine and its administrator.
enum Certificates {
    static func make(in folder: URL) throws {
        func file(_ name: String) -> String { folder.appending(path: name).path }
        func openssl(_ arguments: String...) throws { try Program.run("openssl", arguments) }
        let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]

        for authority in ["ca", "other-ca"] {
            try Program.run(
                "openssl",
                ["req", "-x509", "-days", "2", "-subj", "/CN=\(authority)", "-out", file("\(authority).crt")]
                    + ["-keyout", file("\(authority).key")] + key)
        }
        let subjects = [
            ("server", "/CN=kube-apiserver", "IP:127.0.0.1"), ("named", "/CN=named", "DNS:only.by.name"),
            ("admin", "/O=system:masters/CN=admin", "email:admin@example.org"),
        ]
        for (name, subject, alternative) in subjects {
            try Program.run(
                "openssl",
                ["req", "-subj", subject, "-out", file("\(name).csr"), "-keyout", file("\(name).key")]
                    + ["-addext", "subjectAltName=\(alternative)"] + key)
            try openssl(
                "x509", "-req", "-days", "2", "-in", file("\(name).csr"), "-out", file("\(name).crt"), "-CA",
                file("ca.crt"), "-CAkey", file("ca.key"), "-CAcreateserial", "-copy_extensions", "copy")
        }
        try openssl("genrsa", "-out", file("sa.key"), "2048")
        try openssl("rsa", "-in", file("sa.key"), "-pubout", "-out", file("sa.pub"))
    }
}
