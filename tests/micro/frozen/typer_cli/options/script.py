from pathlib import Path
from typing import Annotated, Optional

import typer
from gliner import GLiNER

app = typer.Typer(add_completion=False)


@app.command()
def train(
    data: Annotated[Path, typer.Argument(help="training spans, JSON")],
    output: Annotated[Path, typer.Option("--output", "-o")] = Path("models"),
    learning_rate: Annotated[float, typer.Option(help="encoder learning rate")] = 1e-5,
    others_lr: Optional[float] = None,
    steps: Annotated[int, typer.Option("--steps")] = 1000,
    size: int = -1,
    compile: bool = False,
):
    """Fine-tune a span model."""
    model = GLiNER.from_pretrained("urchade/gliner_medium-v2.1")
    examples = [{"tokens": ["a"], "ner": []}] if data.suffix == ".json" else []
    model.train_model(
        examples,
        [],
        output_dir=str(output),
        learning_rate=learning_rate,
        others_lr=others_lr,
        max_steps=steps,
        save_steps=steps // 2,
        compile_model=compile,
    )


if __name__ == "__main__":
    app()
