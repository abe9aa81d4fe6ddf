// SPDX-License-Identifier: Apache-2.0

import PublicCA

/// How a server writes serial numbers: some compare them letter for letter, and then take them in their own writing alone.
struct SerialStyle {
    private let hasColons: Bool
    private let isLowercase: Bool
    /// Digits of a number that is filled up with zeros; as many as the number has otherwise.
    private let width: Int?
    /// Whether a number whose first bit is set begins with a zero octet, as in DER.
    private let hasSign: Bool
    /// Whether half an octet stands alone.
    private let isBare: Bool

    /// Upper-case hex with colons, as the manual writes it.
    static let manual = SerialStyle(of: "AA:BB")

    /// As in this sample, whosesoever number that is.
    init(of sample: String) {
        let digits = sample.filter(\.isHexDigit)
        hasColons = sample.contains(":")
        isLowercase = digits.contains(where: \.isLowercase)
        let zeros = digits.prefix { $0 == "0" }.count
        hasSign = zeros == 2 && digits.dropFirst(2).first.map { $0 > "7" } ?? false
        width = zeros > 1 && !hasSign ? digits.count : nil
        isBare = !digits.count.isMultiple(of: 2)
    }

    func write(_ serial: SerialNumber) -> String {
        var digits = serial.rawValue
        if hasSign, let first = digits.first, first > "7" { digits = "00" + digits }
        if isBare, digits.hasPrefix("0") { digits.removeFirst() }
        if let width, digits.count < width { digits = String(repeating: "0", count: width - digits.count) + digits }
        let cased = Array(isLowercase ? digits : digits.uppercased())
        guard hasColons else { return String(cased) }
        return stride(from: 0, to: cased.count, by: 2).map { String(cased[$0..<min($0 + 2, cased.count)]) }
            .joined(separator: ":")
    }
}
