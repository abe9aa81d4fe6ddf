// SPDX-License-Identifier: Apache-2.0

import Testing

struct BudgetTests {
    private let surface = PublicSurface(
        text: """
            public protocol Asking: Sendable {
                func ask() async
                var name: String { get }
            }
            public struct Asker: Asking {
                public enum Way { case this }
                public var name: String
                public init() {}
                public func ask() async {}
                public static func all() -> [Asker] { [] }
                func hidden() {}
            }
            extension Asker {}
            public func free() {}
            """)

    @Test func `types, calls and functions are counted, members and what carries out a call are not`() {
        #expect(surface.types == ["Asking", "Asker", "Way"])
        #expect(surface.calls == ["Asking": ["ask"]])
        #expect(surface.names(knowing: surface) == ["Asking", "Asker", "Way", "ask", "all", "free"])
        #expect(surface.names(knowing: PublicSurface(text: "")).count == 7)
    }

    @Test func `a function named like somebody else's call counts`() {
        let surface = PublicSurface(
            text: """
                public protocol Ordering {
                    func order()
                }
                protocol Hidden: Ordering {
                    func cancel()
                }
                public struct Engine {
                    public func order() {}
                    public struct Part:
                        Ordering,
                        Sendable
                    {
                        public func order() {}
                        public func cancel() {}
                    }
                }
                extension Engine {
                    public func cancel() {}
                }
                public final class Desk {}
                extension Desk: Hidden {
                    public func cancel() {}
                }
                extension Desk {
                    public func order() {}
                }
                extension Ordering where Self: Sendable {
                    public func order() {}
                }
                """)
        #expect(
            surface.names(knowing: surface)
                == ["Ordering", "Engine", "Part", "Desk", "order", "order", "cancel", "cancel"])
    }

    @Test func `no modifier hides a function`() {
        let surface = PublicSurface(
            text: """
                public actor Desk {
                    public nonisolated func a() {}
                    public final func b() {}
                    public class func c() {}
                    @discardableResult public mutating func d() {}
                    public static func e<Value>(_ value: Value) {}
                    @available(macOS 15, *) public nonisolated(nonsending) func f() {}
                    public subscript(index: Int) -> Int { 0 }
                    public typealias Name = String
                    package func g() {}
                }
                """)
        #expect(
            surface.names(knowing: PublicSurface(text: "")) == [
                "Desk", "Name", "a", "b", "c", "d", "e", "f", "subscript",
            ])
    }
}
