import typer
from transformers import TrainingArguments, set_seed

app = typer.Typer()
state = {"seed": 42, "verbose": False}


@app.callback()
def common(seed: int = 42, verbose: bool = False):
    state["seed"] = seed
    state["verbose"] = verbose


@app.command()
def finetune(out: str = "out", lr: float = 1e-5):
    set_seed(state["seed"])
    TrainingArguments(output_dir=out, learning_rate=lr, seed=state["seed"])


@app.command()
def show():
    print(state)


if __name__ == "__main__":
    app()
