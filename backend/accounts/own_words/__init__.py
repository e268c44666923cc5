"""What mails say: the programme's words, or those that a municipality's administrators write instead."""
