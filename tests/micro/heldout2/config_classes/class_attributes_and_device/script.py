import torch
from torch.optim import AdamW
from torch.utils.data import DataLoader
from transformers import AutoModel, AutoTokenizer, get_cosine_schedule_with_warmup


class CFG:
    debug = False
    model = "microsoft/deberta-v3-base"
    gradient_checkpointing = True
    num_workers = 4
    scheduler = "cosine"
    num_cycles = 0.5
    num_warmup_steps = 0
    epochs = 4
    encoder_lr = 2e-5
    decoder_lr = 2e-4
    min_lr = 1e-6
    eps = 1e-6
    batch_size = 8
    max_len = 512
    weight_decay = 0.01
    max_grad_norm = 1000
    seed = 42
    n_fold = 4


if CFG.debug:
    CFG.epochs = 2

device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
tokenizer = AutoTokenizer.from_pretrained(CFG.model)


class CustomModel(torch.nn.Module):
    def __init__(self, cfg):
        super().__init__()
        self.cfg = cfg
        self.backbone = AutoModel.from_pretrained(cfg.model)
        if cfg.gradient_checkpointing:
            self.backbone.gradient_checkpointing_enable()


def get_optimizer_params(model, encoder_lr, decoder_lr, weight_decay=0.0):
    return [
        {"params": model.backbone.parameters(), "lr": encoder_lr, "weight_decay": weight_decay},
        {"params": model.head.parameters(), "lr": decoder_lr, "weight_decay": 0.0},
    ]


def train_loop(fold):
    loader = DataLoader([], batch_size=CFG.batch_size, shuffle=True, num_workers=CFG.num_workers, drop_last=True)
    model = CustomModel(CFG)
    model.to(device)
    params = get_optimizer_params(model, encoder_lr=CFG.encoder_lr, decoder_lr=CFG.decoder_lr, weight_decay=CFG.weight_decay)
    optimizer = AdamW(params, lr=CFG.encoder_lr, eps=CFG.eps)
    steps = len(loader) * CFG.epochs
    scheduler = get_cosine_schedule_with_warmup(
        optimizer, num_warmup_steps=CFG.num_warmup_steps, num_training_steps=steps, num_cycles=CFG.num_cycles
    )
    for epoch in range(CFG.epochs):
        for batch in loader:
            loss = model(batch)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), CFG.max_grad_norm)
            optimizer.step()
            scheduler.step()
        torch.save(model.state_dict(), f"fold{fold}_epoch{epoch}.pth")


if __name__ == "__main__":
    torch.manual_seed(CFG.seed)
    for fold in range(CFG.n_fold):
        train_loop(fold)
