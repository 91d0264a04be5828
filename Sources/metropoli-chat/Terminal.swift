import Foundation
import Synchronization

/// Where lines come from and go to.
protocol Terminal: Sendable {
    /// The lines that are typed; ends with the input.
    var lines: AsyncStream<String> { get }
    /// Whether texts may take several lines.
    var isPlain: Bool { get }
    /// Shows a text above what is being typed.
    func show(_ text: String)
    /// Changes what stands before the line being typed.
    func setPrompt(_ prompt: String)
    /// Puts the terminal back as it was.
    func close()
}

/// Standard input and output, a line at a time.
struct PlainTerminal: Terminal {
    let lines: AsyncStream<String>
    let isPlain = true

    init() {
        let (lines, continuation) = AsyncStream.makeStream(of: String.self)
        self.lines = lines
        let thread = Thread {
            while let line = readLine(strippingNewline: true) { continuation.yield(line) }
            continuation.finish()
        }
        thread.start()
    }

    func show(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }
    func setPrompt(_ prompt: String) {}
    func close() {}
}
