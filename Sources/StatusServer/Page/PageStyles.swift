/// How the page looks.
enum PageStyles {
    static let text = ""
}
