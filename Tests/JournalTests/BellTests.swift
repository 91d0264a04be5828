import Foundation
import Testing

@testable import Journal

@Suite("Waiting without the wall clock")
struct BellTests {
    @Test("a bell rung before or during a wait ends it; one that is silent lets it pass")
    func waiting() {
        let bell = Bell()
        for _ in 1...100_000 { bell.ring() }
        bell.wait(milliseconds: 60_000)
        bell.wait(milliseconds: 0)
        let thread = Thread { bell.ring() }
        thread.start()
        bell.wait(milliseconds: 60_000)
    }
}
