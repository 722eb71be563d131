/// What the page does.
enum PageScript {
    static let text = ""
}
