"""What a simulated lane tells until nothing in it moves any more, as letters."""

from __future__ import annotations

from hardware.sim.plant import Plant

LIMIT_S = 300.0


def story(plant: Plant) -> list[str]:
    """All readings until nothing moves by itself: Arming, Under the arm, Open, Closed."""
    seen = [letters(plant)]
    while (change_s := plant.next_change_s()) < plant.now_s + LIMIT_S:
        plant.advance(change_s)
        if letters(plant) != seen[-1]:
            seen.append(letters(plant))
    return seen


def letters(plant: Plant) -> str:
    """One reading as letters, those of a loop or limit that is made."""
    inputs = plant.inputs()
    made = (inputs.arming, inputs.under_arm, inputs.open_limit, inputs.closed_limit)
    return "".join(letter for letter, is_made in zip("AUOC", made, strict=True) if is_made)
