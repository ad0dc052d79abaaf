"""The Responsible AI vocabulary of Croissant, version 1.0, filled from the datasheet's answers.

Names are those of the vocabulary's table and its RDF file (`rai:dataCollectionTimeframe`, not `…TimeFrame` as one
library has it; `rai:dataUseCases`, not `rai:useCases` as the text on use cases has it).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from corpus.pages.datasheet import answer_text
from corpus.seeds.declarations import Answer
from corpus.tables.facts import Facts

# Each property with the questions of the datasheet whose answers say what it asks. Without an answer is what does not
# apply where no human annotator took part (dataAnnotationPlatform, annotationsPerItem), and dataCollectionTimeframe:
# its value is an interval of days, and when the files were obtained is not known.
QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "rai:dataCollection": ("DS-L1", "DS-L2", "DS-L3", "DS-L5"),
    "rai:dataCollectionType": ("DS-L7",),
    "rai:dataCollectionMissingData": ("DS-C6",),
    "rai:dataCollectionRawData": ("DS-P2", "X-3"),
    "rai:dataImputationProtocol": ("DS-P1",),
    "rai:dataManipulationProtocol": ("ST-9",),
    "rai:dataPreprocessingProtocol": ("DS-P1", "DS-P3"),
    "rai:dataAnnotationProtocol": ("DS-C5", "ST-12"),
    "rai:dataAnnotationAnalysis": ("DS-P4", "DS-C9"),
    "rai:annotatorDemographics": ("ST-7",),
    "rai:machineAnnotationTools": ("ST-7", "DS-C4"),
    "rai:dataReleaseMaintenancePlan": ("ST-15", "DS-N4", "DS-N6"),
    "rai:personalSensitiveInformation": ("DS-C13", "DS-C14", "DS-C15"),
    "rai:dataSocialImpact": ("DS-L11", "DS-U4"),
    "rai:dataBiases": ("DS-C3", "X-6"),
    "rai:dataLimitations": ("ST-11", "DS-U5"),
    "rai:dataUseCases": ("DS-M1", "DS-U3"),
}
PROPERTIES = (*QUESTIONS, "rai:dataAnnotationPlatform", "rai:annotationsPerItem", "rai:dataCollectionTimeframe")


def fill(answers: Sequence[Answer], facts: Facts) -> dict[str, str]:
    """Each property that there are answers for, as the datasheet has them, counted facts filled in.

    Raises `KeyError` where an answer asks for a fact that is not counted.
    """
    texts = {answer.question: answer_text(answer, facts) for answer in answers}
    filled = {name: [texts[question] for question in asked if question in texts] for name, asked in QUESTIONS.items()}
    return {name: "\n\n".join(parts) for name, parts in filled.items() if parts}
