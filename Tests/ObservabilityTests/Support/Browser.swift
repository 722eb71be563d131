import Foundation
import Glibc
import JSONDocument
import NetworkLab
import Synchronization

/// A Chromium without a window, driven by its DevTools protocol over two pipes.
final class Browser: Sendable {
    private struct State {
        var nextID: Int64 = 1
        var waiting: [Int64: CheckedContinuation<JSONValue, any Error>] = [:]
        var events: [(method: String, parameters: JSONValue)] = []
        var isGone = false
    }

    private let state = Mutex(State())
    private let commands: FileHandle
    private let folder: TemporaryFolder
    private let processID: Int32

    /// - Parameter namespace: the network that it lives in; nil for that of the tests.
    init(in namespace: NetworkNamespace? = nil) throws {
        folder = try TemporaryFolder()
        let process = Process()
        let input = Pipe()
        let output = Pipe()
        // Chromium reads commands from descriptor 3 and writes to 4.
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        let place = namespace.map { ["nsenter", "--net=\($0.path)", "--"] } ?? []
        process.arguments = ["-c", "exec \"$@\" 3<&0 4>&1 </dev/null >/dev/null 2>&1", "sh"] + place
        process.arguments! += [
            Tool.chromium.path,
            "--headless=new", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
            "--no-first-run", "--disable-extensions", "--disable-background-networking", "--hide-scrollbars",
            "--user-data-dir=\(folder.url("profile").path)", "about:blank",
        ]
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        processID = process.processIdentifier
        commands = input.fileHandleForWriting
        let answers = output.fileHandleForReading.fileDescriptor
        Thread.detachNewThread { [self] in
            withExtendedLifetime(output) { read(answers) }
            process.waitUntilExit()
        }
    }

    /// Ends the browser.
    func close() async {
        _ = try? await send("Browser.close")
        kill(processID, SIGKILL)
        try? await Task.sleep(for: .milliseconds(300))
        folder.remove()
    }

    /// Opens a page of this size in a tab of its own.
    func open(_ address: String, width: Int64, height: Int64, isDark: Bool = false) async throws -> BrowserPage {
        let target = try await send("Target.createTarget", ["url": "about:blank"])
        let session = try await send(
            "Target.attachToTarget", ["targetId": target["targetId"], "flatten": true])
        let page = BrowserPage(browser: self, session: session["sessionId"].text)
        for domain in ["Page", "Runtime", "Log"] { _ = try await page.send("\(domain).enable") }
        _ = try await page.send(
            "Emulation.setDeviceMetricsOverride",
            [
                "width": .integer(width), "height": .integer(height), "deviceScaleFactor": 1,
                "mobile": .bool(width < 600),
            ])
        let scheme: JSONValue = ["name": "prefers-color-scheme", "value": .string(isDark ? "dark" : "light")]
        _ = try await page.send("Emulation.setEmulatedMedia", ["features": [scheme]])
        _ = try await page.send("Page.navigate", ["url": .string(address)])
        return page
    }

    /// What pages have complained about.
    var complaints: [String] {
        state.withLock { state in
            state.events.compactMap { event in
                switch event.method {
                case "Runtime.exceptionThrown": event.parameters.text()
                case "Log.entryAdded":
                    ["error", "warning"].contains(event.parameters["entry"]["level"].text)
                        ? event.parameters.text() : nil
                case "Runtime.consoleAPICalled": event.parameters.text()
                default: nil
                }
            }
        }
    }

    /// Sends a command and waits for its result.
    func send(_ method: String, _ parameters: JSONValue = [:], session: String? = nil) async throws -> JSONValue {
        try await withCheckedThrowingContinuation { continuation in
            let number = state.withLock { state -> Int64? in
                guard !state.isGone else { return nil }
                state.nextID += 1
                state.waiting[state.nextID] = continuation
                return state.nextID
            }
            guard let number else { return continuation.resume(throwing: BrowserError.gone) }
            var message: JSONObject = ["id": .integer(number), "method": .string(method), "params": parameters]
            if let session { message["sessionId"] = .string(session) }
            try? commands.write(contentsOf: Data((JSONValue.object(message).text() + "\0").utf8))
        }
    }

    /// Takes messages until the browser is gone; each ends with a zero octet.
    private func read(_ descriptor: Int32) {
        var pending: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            guard count > 0 else { break }
            for octet in buffer.prefix(count) {
                if octet != 0 {
                    pending.append(octet)
                    continue
                }
                if let message = try? JSONNode.parse(pending).value { take(message) }
                pending.removeAll(keepingCapacity: true)
            }
        }
        let waiting = state.withLock { state in
            state.isGone = true
            defer { state.waiting.removeAll() }
            return state.waiting.values.map(\.self)
        }
        for continuation in waiting { continuation.resume(throwing: BrowserError.gone) }
    }

    private func take(_ message: JSONValue) {
        if case .integer(let number) = message["id"] {
            let continuation = state.withLock { $0.waiting.removeValue(forKey: number) }
            if case .object = message["error"] {
                continuation?.resume(throwing: BrowserError.refused(message["error"].text()))
            } else {
                continuation?.resume(returning: message["result"])
            }
        } else {
            state.withLock { $0.events.append((message["method"].text, message["params"])) }
        }
    }
}

/// A tab of a browser.
struct BrowserPage: Sendable {
    let browser: Browser
    let session: String

    func send(_ method: String, _ parameters: JSONValue = [:]) async throws -> JSONValue {
        try await browser.send(method, parameters, session: session)
    }

    /// The value of an expression in the page.
    func value(_ expression: String) async throws -> JSONValue {
        let answer = try await send(
            "Runtime.evaluate", ["expression": .string(expression), "returnByValue": true, "awaitPromise": true])
        if case .object = answer["exceptionDetails"] { throw BrowserError.refused(answer.text()) }
        return answer["result"]["value"]
    }

    /// Waits until an expression is true, which it is not where it throws.
    func wait(until expression: String, within limit: Duration = .seconds(40)) async throws -> Bool {
        let end = ContinuousClock.now + limit
        while ContinuousClock.now < end {
            if try await value("(() => { try { return Boolean(\(expression)) } catch { return false } })()") == true {
                return true
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        return false
    }

    /// Presses a key, as a keyboard would.
    func press(_ key: String, text: String? = nil, code: Int64 = 0) async throws {
        var event: JSONObject = ["key": .string(key), "windowsVirtualKeyCode": .integer(code)]
        if let text { event["text"] = .string(text) }
        for type in ["keyDown", "keyUp"] {
            event["type"] = .string(type)
            if type == "keyUp" { event["text"] = nil }
            _ = try await send("Input.dispatchKeyEvent", .object(event))
        }
    }

    /// A picture of the whole page.
    func screenshot() async throws -> Data {
        let answer = try await send(
            "Page.captureScreenshot", ["format": "png", "captureBeyondViewport": true])
        return Data(base64Encoded: answer["data"].text) ?? Data()
    }
}

enum BrowserError: Error {
    /// The browser has ended.
    case gone
    /// It says that a command or an expression is wrong.
    case refused(String)
}

extension JSONValue {
    /// A member of an object; `null` where there is none.
    subscript(name: String) -> JSONValue {
        if case .object(let object) = self { object[name] ?? .null } else { .null }
    }

    /// The text of a string; empty for anything else.
    var text: String { if case .string(let text) = self { text } else { "" } }
}
