"""Classification of citizens' reports: which agency answers, of which category, how urgent, in which language, of which class.

What learns: `learning` fits a `TextClassifier` on labelled reports, `trial` scores it beside a linear SVM, `store` keeps every
version. What decides: `deciding`, with the city's own model where there is one, else by the city's words (`mandates`).
What a machine is not sure of waits in a person's `queue`, and the person's answer is learned from next time.
"""
