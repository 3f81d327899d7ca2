"""The pages of the settings window, one room each; ``index`` knows them all."""
