"""The columns of metrics.csv, which depend on the spec, and how they are reduced over a step."""

# What moves with every turn: of these the value after the last one; of all others the mean over the turns.
LAST = ("balance", "augmentation_probability")


def reduced(rows):
    """One number a column for several turns or updates."""
    return {
        column: rows[-1][column] if column in LAST else sum(row[column] for row in rows) / len(rows)
        for column in rows[0]}


def columns(loss, regularization, augmentation, classes, codes):
    """Their names in order."""
    tells_apart = loss.threshold is not None
    balances = hasattr(loss, "balance")
    present = {
        "step": True,
        "epoch": True,
        "discriminator_loss": True,
        "discriminator_loss_real": loss.summed,
        "discriminator_loss_generated": loss.summed,
        "discriminator_penalty": bool(regularization.of_discriminator),
        "generator_loss": True,
        "generator_penalty": bool(regularization.of_generator),
        "discriminator_accuracy": tells_apart,
        "discriminator_accuracy_real": tells_apart,
        "discriminator_accuracy_generated": tells_apart,
        "score_real": True,
        "score_generated": True,
        "discriminator_gradient_norm": True,
        "generator_gradient_norm": True,
        "balance": balances,
        "convergence": balances,
        "augmentation_probability": augmentation.adaptive,
        "class_loss_real": classes.heads > 0,
        "class_loss_generated": classes.heads > 0,
        "class_accuracy_real": classes.heads > 0,
        "code_loss": codes.size > 0,
    }
    return [column for column, here in present.items() if here]
