extension WireObject {
    /// What differs from what stood there before, as an update bears it.
    ///
    /// A field that is the same is left out, one that went away is null; of a field named in `maps` only the names that
    /// differ are left. What `always` names stays.
    public func changes(since before: Self?, always: Set<String>, maps: Set<String> = []) throws -> Self {
        let now = try members()
        guard let former = try before?.members() else { return self }
        var changed: [JSONObject.Member] = now.members.compactMap { member in
            let old = former[member.name]
            if always.contains(member.name) { return member }
            guard old != member.value else { return nil }
            guard maps.contains(member.name), let map = member.value.object else { return member }
            return .init(name: member.name, value: .object(map.changes(since: old?.object)))
        }
        changed += former.members.filter { now[$0.name] == nil }.map { .init(name: $0.name, value: .null) }
        return try Self.read(JSONObject(changed), path: "")
    }

    /// The fields as JSON.
    private func members() throws -> JSONObject {
        try JSONParser.parse(text, limits: .answers).object ?? JSONObject()
    }
}

extension JSONObject {
    /// The names whose values differ; null where a name is gone.
    fileprivate func changes(since before: JSONObject?) -> JSONObject {
        let gone = before?.members.filter { self[$0.name] == nil } ?? []
        return JSONObject(
            members.filter { before?[$0.name] != $0.value } + gone.map { .init(name: $0.name, value: .null) }
        )
    }
}
