"""What really happens: data check, rehearsal, training, receipt. The only room that may import the training libraries."""
