// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials
public import HTTPTypes
public import PublicCA

/// A request and what a CA answered, recorded without secrets: one entry of a JSON file beside the tests.
public struct Exchange: Hashable, Sendable, Codable {
    var method: String
    /// With the query.
    var path: String
    /// `nil` where any body will do.
    var requestBody: String?
    var status: Int
    var headers: [String: String]
    var body: String

    /// Records an exchange. Of the headers, only those of the answer that say what it means are kept.
    ///
    /// - Parameters:
    ///   - request: of its header fields, none is kept.
    ///   - body: what was sent with it.
    ///   - reply: what came back.
    ///   - names: header fields of this CA's answers that mean something, too, such as the total of a list.
    ///   - secrets: replaced wherever they stand in path, headers and bodies, escaped or not; a text from which one cannot
    ///     be cut out is left out as a whole.
    public init(
        _ request: HTTPRequest, body: Data?, reply: HTTPReply, keeping names: [HTTPField.Name] = [],
        without secrets: [Secret]
    ) {
        let forms = SecretForms(secrets)
        func clean(_ text: String) -> String { forms.clean(text) ?? "<secret>" }
        method = request.method.rawValue
        path = clean(request.path ?? "/")
        requestBody = body.map { clean(String(decoding: $0, as: UTF8.self)) }
        status = reply.response.status.code
        headers = [:]
        for name in [.contentType, .retryAfter, .location] + names {
            headers[name.canonicalName] = reply.response.headerFields[name].map(clean)
        }
        self.body = clean(String(decoding: reply.body, as: UTF8.self))
    }

    /// Reads a file of exchanges: a JSON list.
    public static func list(in file: Data) throws -> [Exchange] {
        try JSONDecoder().decode([Exchange].self, from: file)
    }

    /// Reads such a file from the folder `Exchanges`, which stands beside the tests' own folder.
    ///
    /// - Parameters:
    ///   - name: of the file, with its ending.
    ///   - source: a file of the tests; the one that calls, unless given.
    public static func list(in name: String, besides source: String = #filePath) throws -> [Exchange] {
        try list(in: try file(name, besides: source))
    }

    static func file(_ name: String, besides source: String) throws -> Data {
        let folder = URL(filePath: source).deletingLastPathComponent().deletingLastPathComponent()
        return try Data(contentsOf: folder.appending(path: "Exchanges").appending(path: name))
    }

    var reply: HTTPReply {
        var fields = HTTPFields()
        for (name, value) in headers {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        return HTTPReply(
            response: HTTPResponse(status: HTTPResponse.Status(code: status), headerFields: fields),
            body: Data(body.utf8))
    }
}
