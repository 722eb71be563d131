/// Makes something of an input; whoever asks for the same input next gets what was made for the one before.
actor Remembered<Input: Sendable & Equatable, Output: Sendable> {
    private let make: @Sendable (Input) -> Output
    private var last: (input: Input, output: Output)?

    init(_ make: @escaping @Sendable (Input) -> Output) { self.make = make }

    /// What `input` comes to.
    func output(of input: Input) -> Output {
        if let last, last.input == input { return last.output }
        let output = make(input)
        last = (input, output)
        return output
    }
}
