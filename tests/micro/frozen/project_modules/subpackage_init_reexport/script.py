from training import TrainRun, load_run

if __name__ == "__main__":
    run: TrainRun = load_run("config.yaml")
    run.start()
