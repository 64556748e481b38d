import configparser

from peft import LoraConfig


def main():
    parser = configparser.ConfigParser()
    with open("lora.ini") as handle:
        parser.read_file(handle)
    section = dict(parser.items("lora"))
    LoraConfig(
        r=int(section["rank"]),
        lora_alpha=int(section["alpha"]),
        lora_dropout=float(section.get("drop_out", "0.0")),
        target_modules=[name.strip() for name in section["targets"].split(",")],
    )


main()
