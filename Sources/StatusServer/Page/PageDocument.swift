/// The page's document; its content comes with the first event.
enum PageDocument {
    static let text = #"""
        <!DOCTYPE html>
        <html lang="en">
        <title>Virtual IP addresses</title>
        </html>

        """#
}
