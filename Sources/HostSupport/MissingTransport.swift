// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HTTPTypes
import PublicCA

/// Stands where the network would be: this build speaks to no CA over HTTP.
struct MissingTransport: HTTPTransport {
    func send(_ request: HTTPRequest, body: Data?) async throws(TransportError) -> HTTPReply {
        throw .notSent("this build has no HTTP transport; use a provider that needs none, such as mock")
    }
}
