"""What is put forward for approval: what differs from where a branch began, and what that touches.

proposal = propose(checked, "main", history.read(root))
lines = FORMATS["markdown"](proposal)
Path("审批表.docx").write_bytes(approval_sheet(proposal, checked.catalog))
"""

from quanze.proof.proposal.approval_sheet import approval_sheet
from quanze.proof.proposal.formats import FORMATS
from quanze.proof.proposal.proposing import propose
from quanze.proof.proposal.shapes import Basis, Proposal, Submitted, Touched

__all__ = ["FORMATS", "Basis", "Proposal", "Submitted", "Touched", "approval_sheet", "propose"]
