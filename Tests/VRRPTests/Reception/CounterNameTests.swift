import Testing
import VRRP

@Suite("Names that others read")
struct CounterNameTests {
    @Test("Every reason has the counter name that is published")
    func counters() {
        #expect(
            Set(DiscardReason.allCases.map(\.counterName)) == [
                "ip-ttl-errors", "packet-length-errors", "version-errors", "invalid-type-pkts-rcvd", "vrid-errors",
                "checksum-errors", "address-list-errors", "interval-errors", "invalid-auth-type",
                "auth-type-mismatch", "auth-failures", "ip-header-errors", "destination-errors", "source-errors",
            ])
    }

    @Test("Warnings are named one by one")
    func warnings() {
        #expect(ReceptionWarnings([]).names.isEmpty)
        #expect(
            ReceptionWarnings([.addressListDiffers, .sourceNotLinkLocal]).names
                == ["address-list-mismatch", "source-not-link-local"])
        #expect(
            ReceptionWarnings([.intervalDiffers, .firstAddressNotLinkLocal]).names
                == ["interval-mismatch", "first-address-not-link-local"])
    }

    @Test("A password does not print")
    func password() throws {
        let password = try #require(SimpleTextPassword("s3cret"))
        #expect(!"\(password) \(Authentication.simpleText(password))".contains("s3cret"))
    }
}
