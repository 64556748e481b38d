"""What really happens: data check, rehearsal, training, receipt. Only this room may import the training libraries."""
