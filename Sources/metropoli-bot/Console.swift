import Foundation

/// Lines of text for people and programs.
enum Console {
    /// A line of the result.
    static func line(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }

    /// What went wrong.
    static func problem(_ text: String) {
        FileHandle.standardError.write(Data("metropoli-bot: \(visible(text))\n".utf8))
    }

    /// Without anything that a terminal would obey.
    static func visible(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where scalar.value != 0 {
            let isControl = scalar.properties.generalCategory == .control
            scalars.append(isControl && scalar != "\n" ? "\u{FFFD}" : scalar)
        }
        return String(scalars)
    }
}
