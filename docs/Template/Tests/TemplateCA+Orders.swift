// SPDX-License-Identifier: Apache-2.0

import Foundation
import PublicCA
import PublicCATesting

extension TemplateCA {
    /// The product `dv` is issued at once, `ov` waits for its people.
    func place(_ body: [String: any Sendable], _ state: inout State) -> HTTPReply {
        guard let product = body["product"] as? String, ["dv", "ov"].contains(product) else {
            return failure(422, "unknown-product", "no such product")
        }
        guard let days = body["days"] as? Int, [47, 100].contains(days) else {
            return failure(422, "unknown-term", "no such term")
        }
        let number = state.orders.count + 1
        let names = (body["names"] as? [String] ?? []).map { SubjectAlternativeName(normalized: $0) }
        let serial = SerialNumber(rawValue: String(0x51_0000 + number, radix: 16))
        let lines = (body["csr"] as? String ?? "").split(separator: "\n").dropFirst().dropLast()
        let request = Data(base64Encoded: lines.joined()).map { CertificateSigningRequest(der: $0) }
        guard let request, let chain = PaperMaterial.chain(for: request, names: names, serialNumber: serial) else {
            return failure(422, "bad-csr", "this is no signing request")
        }
        let order = Order(
            number: number, body: body, status: product == "dv" ? "issued" : "vetting", serial: serial, chain: chain)
        state.orders.append(order)
        return reply(["id": order.id], status: 201)
    }

    func read(_ id: String, _ state: inout State) -> HTTPReply {
        guard let order = state.orders.first(where: { $0.id == id }) else {
            return failure(404, "unknown-order", "no such order")
        }
        var answer: [String: Any] = order.body
        answer["csr"] = nil
        answer["status"] = state.nextWord ?? order.status
        answer["received"] = "2026-01-01T00:00:00Z"
        if order.status == "issued" { answer["certificate"] = order.certificate }
        if order.status == "vetting" { answer["lookAgainIn"] = 600 }
        state.nextWord = nil
        return reply(answer)
    }

    /// Two rows a page, so that there are pages.
    func list(_ query: [String: String], _ state: State) -> HTTPReply {
        let key = query["externalReference"]
        let start = query["after"].flatMap { Int($0) } ?? 0
        let fitting = state.orders.filter { key == nil || $0.body["externalReference"] as? String == key }
        let page = fitting.filter { $0.number > start }.prefix(2)
        var answer: [String: Any] = [
            "orders": page.map { order in
                var row: [String: Any] = ["id": order.id, "revision": order.revision]
                if order.status == "issued" { row["certificate"] = order.certificate }
                return row
            }
        ]
        if let last = page.last?.number, last != fitting.last?.number { answer["next"] = "\(last)" }
        return reply(answer)
    }

    func withdraw(_ id: String, _ state: inout State) -> HTTPReply {
        guard let index = state.orders.firstIndex(where: { $0.id == id }) else {
            return failure(404, "unknown-order", "no such order")
        }
        guard state.orders[index].status == "vetting" else {
            return failure(409, "too-late", "the order is \(state.orders[index].status)")
        }
        state.orders[index].status = "withdrawn"
        state.orders[index].revision += 1
        return reply(["status": "withdrawn"])
    }
}
