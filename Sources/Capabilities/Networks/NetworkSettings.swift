import CommunityKernel
import Journal
import People
import WireProtocol

/// Checks the settings of a network against the rules that its type declares.
enum NetworkSettings {
    /// The settings, in the order of the rules; throws `invalid` with the path of each that is unknown, missing or out of
    /// bounds.
    static func checked(
        _ given: JSON?,
        by rules: [SettingRule],
        defaults: JSONObject = JSONObject(),
        _ sql: any SQLReader
    ) throws -> JSONObject {
        guard let object = (given ?? .object(JSONObject())).object else {
            throw WireError.invalid("with.settings", "wrong_type")
        }
        let names = Set(rules.map(\.name))
        var problems = object.members.filter { !names.contains($0.name) }.map { problem($0.name, "unknown") }
        var members: [JSONObject.Member] = []
        for rule in rules {
            guard let value = object[rule.name] ?? defaults[rule.name], value != .null else {
                if rule.required { problems.append(problem(rule.name, "missing")) }
                continue
            }
            if let found = try fault(in: value, by: rule.value, sql) {
                problems.append(problem(rule.name, found))
            } else {
                members.append(JSONObject.Member(name: rule.name, value: value))
            }
        }
        guard problems.isEmpty else {
            throw WireError(
                .invalid,
                problems.map { "\($0.path): \($0.problem)" }.joined(separator: ", "),
                fields: problems
            )
        }
        return JSONObject(members)
    }

    private static func problem(_ name: String, _ word: String) -> FieldProblem {
        FieldProblem(path: "with.settings.\(name)", problem: word)
    }

    private static func fault(in value: JSON, by rule: SettingRule.Value, _ sql: any SQLReader) throws -> String? {
        if let fault = rule.fault(in: value) { return fault }
        guard case .organisation(let kinds) = rule, let id = value.int else { return nil }
        guard let organisation = try PeopleStore.organisation(OrganisationID(id), sql) else { return "unknown" }
        return kinds.contains(organisation.kind.rawValue) ? nil : "not_allowed"
    }
}
