"""Slow and obvious versions of what the index computes fast."""


def edit_distance(left: str, right: str) -> int:
    """Count inserted, missing, replaced and swapped letters (optimal string alignment)."""
    table = {(i, -1): i + 1 for i in range(-1, len(left))} | {(-1, j): j + 1 for j in range(-1, len(right))}
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            steps = [table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + (a != b)]
            if i and j and a == right[j - 1] and left[i - 1] == b:
                steps.append(table[i - 2, j - 2] + 1)
            table[i, j] = min(steps)
    return table[len(left) - 1, len(right) - 1]
