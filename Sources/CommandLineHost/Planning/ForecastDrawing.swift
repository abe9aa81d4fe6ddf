// SPDX-License-Identifier: Apache-2.0

import LifecycleEngine
import LifecycleModel

/// A forecast as a picture (SVG 1.1) that needs nothing besides itself.
struct ForecastDrawing {
    private let view: ForecastView
    private let weeks: [ForecastView.Week]
    private let top: Int
    private let step: Int

    private static let size = (width: 960.0, height: 420.0)
    /// Where the bars stand.
    private static let plot = (left: 70.0, top: 84.0, right: 940.0, bottom: 340.0)

    init(_ view: ForecastView) {
        self.view = view
        weeks = view.weeks
        let most = max(1, weeks.map { $0.orders + $0.expiring }.max() ?? 1)
        step = Self.step(for: most)
        // A line more, where the peak's words would otherwise stand on the highest.
        top = (most + step / 5 + step) / step * step
    }

    /// A round number of which about five reach the highest bar.
    static func step(for most: Int) -> Int {
        var unit = 1
        while true {
            if let step = [1, 2, 5].map({ $0 * unit }).first(where: { $0 * 5 >= most }) { return step }
            unit *= 10
        }
    }

    var text: String {
        let parts =
            [open, legend] + axis + weeks.indices.flatMap(bar) + weeks.indices.filter(isLabelled).map(label)
            + [peak, base, "</svg>"]
        return parts.filter { !$0.isEmpty }.joined(separator: "\n") + "\n"
    }

    private var open: String {
        let (width, height) = (Int(Self.size.width), Int(Self.size.height))
        let of = view.account.map { " of account \($0)" } ?? ""
        let first = weeks.first?.name ?? ""
        let last = weeks.last?.name ?? ""
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" \
            viewBox="0 0 \(width) \(height)" font-family="sans-serif" font-size="12" fill="#222">
            <title>\(Self.escaped("Certificate orders by week\(of), \(first) to \(last)"))</title>
            <rect width="\(width)" height="\(height)" fill="#fff"/>
            <text x="70" y="32" font-size="18">\(Self.escaped("Certificate orders by week\(of)"))</text>
            <text x="70" y="54" fill="#555">\(Self.escaped(summary))</text>
            """
    }

    private var summary: String {
        let total = view.total
        let shorter = total.scenarios.map { "\(Int($0.perWeek.rounded(.up))) a week at \($0.days) days" }
        return (["certificates: \(total.certificates), renewed by themselves: \(total.autoRenewed)"] + shorter)
            .joined(separator: "; ")
    }

    private var legend: String {
        """
        <rect x="690" y="20" width="12" height="12" fill="#2f6db3"/><text x="708" y="31">orders</text>
        <rect x="770" y="20" width="12" height="12" fill="#c8553d"/><text x="788" y="31">will expire</text>
        """
    }

    private var axis: [String] {
        stride(from: 0, through: top, by: step).map { value in
            let y = Self.number(height(value))
            return """
                <line x1="70" y1="\(y)" x2="940" y2="\(y)" stroke="#ddd"/>\
                <text x="62" y="\(Self.number(height(value) + 4))" text-anchor="end">\(value)</text>
                """
        }
    }

    private var slot: Double { (Self.plot.right - Self.plot.left) / Double(max(1, weeks.count)) }

    private func x(_ index: Int) -> Double { Self.plot.left + slot * Double(index) }

    private func height(_ value: Int) -> Double {
        Self.plot.bottom - (Self.plot.bottom - Self.plot.top) * Double(value) / Double(top)
    }

    private func bar(_ index: Int) -> [String] {
        let week = weeks[index]
        let stacked = week.orders + week.expiring
        return [
            piece(index, from: 0, to: week.orders, "#2f6db3", "\(week.name): \(week.orders) orders"),
            piece(index, from: week.orders, to: stacked, "#c8553d", "\(week.name): \(week.expiring) will expire"),
        ]
    }

    private func piece(_ index: Int, from low: Int, to high: Int, _ color: String, _ title: String) -> String {
        guard high > low else { return "" }
        return """
            <rect x="\(Self.number(x(index) + slot * 0.1))" y="\(Self.number(height(high)))" \
            width="\(Self.number(slot * 0.8))" height="\(Self.number(height(low) - height(high)))" \
            fill="\(color)"><title>\(title)</title></rect>
            """
    }

    /// As many as fit side by side.
    private func isLabelled(_ index: Int) -> Bool {
        index.isMultiple(of: max(1, Int((18 / slot).rounded(.up))))
    }

    private func label(_ index: Int) -> String {
        let (x, y) = (Self.number(x(index) + slot / 2 + 4), Self.number(Self.plot.bottom + 10))
        return """
            <text x="\(x)" y="\(y)" text-anchor="end" font-size="11" \
            transform="rotate(-60 \(x) \(y))">\(weeks[index].name)</text>
            """
    }

    private var peak: String {
        guard let index = weeks.firstIndex(where: \.isPeak) else { return "" }
        let center = x(index) + slot / 2
        let anchor = center < 140 ? "start" : center > 870 ? "end" : "middle"
        let y = Self.number(height(weeks[index].orders + weeks[index].expiring) - 6)
        return """
            <text x="\(Self.number(center))" y="\(y)" text-anchor="\(anchor)" font-weight="bold">\
            peak: \(weeks[index].orders) in \(weeks[index].name)</text>
            """
    }

    private var base: String { "<line x1=\"70\" y1=\"340\" x2=\"940\" y2=\"340\" stroke=\"#222\"/>" }

    /// With one decimal, which is finer than what is seen.
    private static func number(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }

    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
