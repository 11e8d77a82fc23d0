"""`make bench`: Lotsen beside stock Rasa, in one run on one machine, with the same sentences, dialogue and actions."""
