// SPDX-License-Identifier: Apache-2.0

import LifecycleModel

extension MemoryState {
    func checkUniqueness(of record: any KeptRecord) throws(RepositoryError) {
        switch record {
        case let order as Order: try checkUniqueness(of: order)
        case let certificate as IssuedCertificate: try checkUniqueness(of: certificate)
        case let revocation as RevocationRecord: try checkUniqueness(of: revocation)
        case let deployment as DeploymentRecord: try checkUniqueness(of: deployment)
        default: break
        }
    }

    private func checkUniqueness(of revocation: RevocationRecord) throws(RepositoryError) {
        guard !revocation.phase.isFinal else { return }
        for other in all(RevocationRecord.self) where other.id != revocation.id {
            if other.certificate == revocation.certificate, !other.phase.isFinal {
                throw .conflict("the certificate is being revoked already")
            }
        }
    }

    private func checkUniqueness(of deployment: DeploymentRecord) throws(RepositoryError) {
        for other in all(DeploymentRecord.self) where other.id != deployment.id {
            if other.target == deployment.target, other.managed == deployment.managed {
                throw .conflict("another deployment brings this certificate there")
            }
        }
    }

    private func checkUniqueness(of order: Order) throws(RepositoryError) {
        for other in all(Order.self) where other.id != order.id {
            if other.account == order.account {
                if let reference = order.heldReference, reference == other.heldReference {
                    throw .conflict("another order has this reference")
                }
                if let key = order.callerKey, key == other.callerKey {
                    throw .conflict("another order has this caller's key")
                }
            }
            if let predecessor = order.predecessor, predecessor == other.predecessor, !order.phase.isFinal,
                !other.phase.isFinal
            {
                throw .conflict("another order is to succeed this certificate")
            }
        }
    }

    private func checkUniqueness(of certificate: IssuedCertificate) throws(RepositoryError) {
        let sha256 = certificate.facts.sha256
        for other in all(IssuedCertificate.self) where other.id != certificate.id {
            if other.account == certificate.account, other.facts.sha256 == sha256 {
                throw .conflict("the certificate is on record already")
            }
        }
    }
}
