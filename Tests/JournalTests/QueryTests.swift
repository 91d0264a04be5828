import Journal
import Testing

@Suite("Queries as values")
struct QueryTests {
    @Test("a part's values are numbered on after those before it")
    func parts() {
        let price: SQLQuery = "price > \(10) AND label <> '€ $' AND code = \("à")"
        let columns: SQLQuery = "id, price"
        let query: SQLQuery = "SELECT \(part: columns) FROM thing WHERE id = \(1) AND (\(part: price)) AND age < \(99)"
        #expect(
            query.sql
                == "SELECT id, price FROM thing WHERE id = $1 AND (price > $2 AND label <> '€ $' AND code = $3) AND age < $4"
        )
        #expect(query.values == [.int(1), .int(10), .text("à"), .int(99)])
    }

    @Test("a part that names a value twice gets it twice")
    func repeated() {
        let twice: SQLQuery = "a = $1 OR b = $1 OR c = \(5)"
        let query: SQLQuery = "x = \(7) AND (\(part: twice))"
        #expect(query.sql == "x = $1 AND (a = $2 OR b = $3 OR c = $4)")
        #expect(query.values == [.int(7), .int(5), .int(5), .int(5)])
    }
}
