import Foundation
import Synchronization

/// A terminal on which one line is typed at the bottom while news runs by above it.
final class LineEditor: Terminal {
    let lines: AsyncStream<String>
    let isPlain = false

    private struct State {
        var line = EditedLine()
        var prompt = "> "
        var isOpen = true
    }
    private let state = Mutex(State())
    private let before: termios

    init() {
        var before = termios()
        tcgetattr(STDIN_FILENO, &before)
        self.before = before
        var raw = before
        raw.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG | IEXTEN)
        raw.c_iflag &= ~tcflag_t(IXON | ICRNL)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &raw)
        let (lines, continuation) = AsyncStream.makeStream(of: String.self)
        self.lines = lines
        let thread = Thread { [self] in
            read(into: continuation)
            continuation.finish()
        }
        thread.start()
        state.withLock { draw($0) }
    }

    private func read(into continuation: AsyncStream<String>.Continuation) {
        var keys = KeyReader()
        var byte: UInt8 = 0
        while Glibc.read(STDIN_FILENO, &byte, 1) == 1 {
            guard let input = keys.take(byte) else { continue }
            switch input {
            case .interrupt: return
            case .endOfInput:
                if state.withLock({ $0.line.text.isEmpty }) { return }
            case .enter:
                let line = state.withLock { state in
                    let line = state.line.take()
                    draw(state)
                    return line
                }
                continuation.yield(line)
            case .redraw:
                state.withLock { state in
                    write("\u{1B}[2J\u{1B}[H")
                    draw(state)
                }
            case .key(let key):
                state.withLock { state in
                    state.line.press(key)
                    draw(state)
                }
            }
        }
    }

    func show(_ text: String) {
        state.withLock { state in
            guard state.isOpen else { return write(text + "\n") }
            write("\r\u{1B}[K" + text.replacingOccurrences(of: "\n", with: "\r\n") + "\r\n")
            draw(state)
        }
    }

    func setPrompt(_ prompt: String) {
        state.withLock { state in
            state.prompt = prompt
            draw(state)
        }
    }

    func close() {
        state.withLock { state in
            guard state.isOpen else { return }
            state.isOpen = false
            write("\r\u{1B}[K")
            var before = before
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &before)
        }
    }

    /// Draws prompt and line; of a line longer than the terminal the part around the cursor.
    private func draw(_ state: borrowing State) {
        guard state.isOpen else { return }
        let room = max(10, columns - Visible.width(state.prompt) - 1)
        var start = state.line.position
        var width = 0
        while start > 0, width + Visible.width(state.line.text[start - 1]) <= room * 3 / 4 {
            start -= 1
            width += Visible.width(state.line.text[start])
        }
        var shown = ""
        var total = 0
        for character in state.line.text[start...] {
            total += Visible.width(character)
            if total > room { break }
            shown.append(character)
        }
        write("\r\u{1B}[K" + state.prompt + shown + "\r\u{1B}[\(Visible.width(state.prompt) + width)C")
    }

    private var columns: Int {
        var size = winsize()
        return ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
    }

    private func write(_ text: String) { FileHandle.standardOutput.write(Data(text.utf8)) }
}
