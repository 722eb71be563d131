/// The version of the programs, as `-v` and the status show it.
public let programVersion = "0.1.0"
