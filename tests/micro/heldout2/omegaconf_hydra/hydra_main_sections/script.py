import logging
import os

import hydra
import torch
import wandb
from omegaconf import DictConfig, OmegaConf
from torch.optim import AdamW
from torch.utils.data import DataLoader
from transformers import AutoModelForSequenceClassification, get_linear_schedule_with_warmup

log = logging.getLogger(__name__)


def build_optimizer(model, cfg):
    no_decay = ["bias", "LayerNorm.weight"]
    groups = [
        {"params": [p for n, p in model.named_parameters() if not any(d in n for d in no_decay)]},
        {"params": [p for n, p in model.named_parameters() if any(d in n for d in no_decay)]},
    ]
    return AdamW(groups, lr=cfg.optim.lr, weight_decay=cfg.optim.weight_decay, eps=cfg.optim.eps)


@hydra.main(config_path="conf", config_name="config", version_base=None)
def main(cfg: DictConfig) -> None:
    log.info("\n" + OmegaConf.to_yaml(cfg))
    torch.manual_seed(cfg.seed)
    if cfg.wandb.enabled:
        wandb.init(project=cfg.wandb.project, config=OmegaConf.to_container(cfg, resolve=True))

    model = AutoModelForSequenceClassification.from_pretrained(cfg.model.name, num_labels=cfg.model.num_labels)
    loader = DataLoader([], batch_size=cfg.data.batch_size, shuffle=True, num_workers=cfg.data.num_workers)
    optimizer = build_optimizer(model, cfg)
    total = cfg.trainer.max_epochs * len(loader)
    scheduler = get_linear_schedule_with_warmup(optimizer, int(cfg.optim.warmup_ratio * total), total)

    for epoch in range(cfg.trainer.max_epochs):
        for batch in loader:
            loss = model(**batch).loss
            loss.backward()
            optimizer.step()
            scheduler.step()
        log.info("epoch %d done", epoch)
    model.save_pretrained(os.path.join(cfg.output_dir, cfg.name))


if __name__ == "__main__":
    main()
