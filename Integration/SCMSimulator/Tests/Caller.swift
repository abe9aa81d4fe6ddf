// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import SCMSimulator
import Testing

/// A client without opinions: it sends what it is told and keeps what it gets.
struct Caller: Sendable {
    let simulator: SCMSimulator
    var headers = Caller.headers(login: "master")
    var client = HTTPClient.shared

    static func headers(login: String, password: String? = nil, customer: String = "acme") -> [String: String] {
        ["login": login, "password": password ?? "\(login)-password", "customerUri": customer]
    }

    struct Reply: Sendable {
        var status: Int
        var headers: [String: String]
        var body: Data

        var text: String { String(decoding: body, as: UTF8.self) }
        var json: Value { (try? JSONDecoder().decode(Value.self, from: body)) ?? .null }
        var code: Int? { json["code"]?.whole }
        var total: Int? { headers["x-total-count"].flatMap { Int($0) } }
    }

    func ask(_ method: String, _ path: String, _ body: String? = nil) async throws -> Reply {
        var request = HTTPClientRequest(url: simulator.address + path)
        request.method = HTTPMethod(rawValue: method)
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if let body {
            request.headers.add(name: "Content-Type", value: "application/json;charset=UTF-8")
            request.body = .bytes(ByteBuffer(string: body))
        }
        let response = try await client.execute(request, timeout: .seconds(20))
        let bytes = try await response.body.collect(upTo: 1 << 25)
        var fields: [String: String] = [:]
        for (name, value) in response.headers { fields[name.lowercased()] = value }
        return Reply(status: Int(response.status.code), headers: fields, body: Data(bytes.readableBytesView))
    }

    func get(_ path: String) async throws -> Reply { try await ask("GET", path) }

    func post(_ path: String, _ body: Value) async throws -> Reply { try await ask("POST", path, body.text) }

    /// Orders for `a.example.com` unless told otherwise, and expects an id.
    func enrol(profile: Int = 501, names: String = "", _ more: [String: Value] = [:]) async throws -> Int {
        let reply = try await post("/api/ssl/v1/enroll", .order(profile: profile, names: names, more))
        return try #require(reply.json["sslId"]?.whole, "\(reply.text)")
    }

    func status(_ id: Int) async throws -> String? {
        try await get("/api/ssl/v1/\(id)").json["status"]?.string
    }

    func advance(_ seconds: Double) throws {
        try simulator.control("POST", "clock", #"{"advanceSeconds": \#(seconds)}"#)
    }
}

/// Runs a simulator for one test.
func withSimulator(_ settings: String = "{}", _ body: @Sendable @escaping (Caller) async throws -> Void) async throws {
    try await SCMSimulator.serve(SimulatorSettings(json: settings)) { try await body(Caller(simulator: $0)) }
}
