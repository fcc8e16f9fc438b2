"""Who reports: pseudonyms that come back, each with a manner of writing."""

from hashlib import blake2s

import numpy as np

from pesut.sample.dice import Dice, Weighted
from pesut.sample.drivers import Places
from pesut.sample.report_spec import Reports, Style

ELSEWHERE = 0.08  # of reports are about a village that is not the reporter's own


class People:
    """The reporters of each village. Few of them report often (Zipf)."""

    def __init__(self, spec: Reports, places: Places, total: int, seed: int, dice: Dice) -> None:
        share = places.inhabitants / places.inhabitants.sum()
        self.pools = np.maximum(share * total * spec.reporters, 3).astype(int).tolist()
        self.loyalty, self.seed, self.dice = spec.loyalty, seed, dice
        self.styles: Weighted[Style] = Weighted(
            tuple(spec.styles.values()), [each.weight for each in spec.styles.values()]
        )

    def reporter(self, village: int) -> str:
        home = self.dice.below(len(self.pools)) if self.dice.chance(ELSEWHERE) else village
        return self._pseudonym(home, int(self.pools[home] * self.dice.uniform() ** self.loyalty))

    def one_of_few(self, village: int, few: int, code: str) -> str:
        """One of the handful behind a campaign."""
        return self._digest(f"{code}/{village}/{self.dice.below(few)}")

    def style(self, reporter: str) -> Style:
        """The same person always writes alike."""
        point = int(reporter[-6:], 16) / 0x1000000 * self.styles.total
        place = next(n for n, bound in enumerate(self.styles.bounds) if point < bound)
        return self.styles.options[place]

    def _pseudonym(self, village: int, rank: int) -> str:
        return self._digest(f"{village}/{rank}")

    def _digest(self, name: str) -> str:
        return f"warga-{blake2s(f'{self.seed}/{name}'.encode(), digest_size=5).hexdigest()}"
