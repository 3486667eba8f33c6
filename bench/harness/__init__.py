"""The code that measurements and tests share: real terminals, kills, damage, disk errors, edited documents."""
