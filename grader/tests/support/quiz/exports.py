# SPDX-License-Identifier: MIT
"""exports.py - whether a quiz's exports keep the rules of their formats, and hold the quiz.

    exports.py moodle FILE.moodle.xml QUIZ.json
    exports.py qti FILE.qti.xml QUIZ.json

Moodle XML has no published schema. QTI 1.2 has one, of which Canvas's importer carries a copy: ims_qtiasiv1p2p1.dtd, in
instructure/QTIMigrationTool below schemas/. The table below was compared with it element by element on 2026-12-01. It names
only what these exports use, so it is stricter.
"""
import json
import sys
import xml.etree.ElementTree as tree

# element: (its children in order, with * for any number, + for at least one and ? for none or one; its required attributes)
QTI = {
    "questestinterop": ("assessment", ""),
    "assessment": ("section", "ident title"),
    "section": ("item*", "ident"),
    "item": ("itemmetadata presentation resprocessing itemfeedback*", "ident title"),
    "itemmetadata": ("qtimetadata", ""),
    "qtimetadata": ("qtimetadatafield+", ""),
    "qtimetadatafield": ("fieldlabel fieldentry", ""),
    "presentation": ("material response_lid? response_str?", ""),
    "material": ("mattext", ""),
    "response_lid": ("render_choice", "ident rcardinality"),
    "render_choice": ("response_label*", ""),
    "response_str": ("render_fib", "ident rcardinality"),
    "render_fib": ("response_label*", "fibtype"),
    "response_label": ("material?", "ident"),
    "resprocessing": ("outcomes respcondition+", ""),
    "outcomes": ("decvar", ""),
    "decvar": ("", "varname vartype"),
    "respcondition": ("conditionvar setvar displayfeedback*", "continue"),
    "conditionvar": ("or? varequal*", ""),
    "or": ("varequal and", ""),
    "and": ("vargte varlte", ""),
    "varequal": ("", "respident"),
    "vargte": ("", "respident"),
    "varlte": ("", "respident"),
    "setvar": ("", "action varname"),
    "displayfeedback": ("", "feedbacktype linkrefid"),
    "itemfeedback": ("flow_mat", "ident"),
    "flow_mat": ("material", ""),
    "mattext": ("", "texttype"),
    "fieldlabel": ("", ""),
    "fieldentry": ("", ""),
}
VALUES = {("response_lid", "rcardinality"): {"Single"}, ("response_str", "rcardinality"): {"Single"},
          ("render_fib", "fibtype"): {"String", "Decimal"}, ("respcondition", "continue"): {"Yes", "No"}, ("setvar", "action"): {"Set"},
          ("displayfeedback", "feedbacktype"): {"Response"}, ("decvar", "vartype"): {"Integer", "Decimal"},
          ("mattext", "texttype"): {"text/plain", "text/html"}}
NAMESPACE = "{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}"


def matches(children, model):
    """Do CHILDREN, tags, follow MODEL?"""
    rest = list(children)
    for part in model.split():
        name = part.rstrip("*+?")
        taken = 0
        while rest and rest[0] == name and (part[-1] in "*+" or taken == 0):
            rest.pop(0)
            taken += 1
        if taken == 0 and part[-1] not in "*?":
            return False
    return not rest


def check_qti(element):
    assert element.tag.startswith(NAMESPACE), element.tag
    tag = element.tag[len(NAMESPACE):]
    assert tag in QTI, f"there is no <{tag}>"
    model, attributes = QTI[tag]
    assert matches([child.tag[len(NAMESPACE):] for child in element], model), f"<{tag}> has other children than {model}"
    for attribute in attributes.split():
        assert element.get(attribute), f"<{tag}> without {attribute}"
        assert element.get(attribute) in VALUES.get((tag, attribute), {element.get(attribute)}), f"<{tag} {attribute}>"
    for child in element:
        check_qti(child)


# form: the type of the question in Moodle, and in Canvas
TYPES = {"choice": ("multichoice", "multiple_choice_question"), "number": ("numerical", "numerical_question"),
         "line": ("shortanswer", "short_answer_question"), "place": ("shortanswer", "short_answer_question")}


def spellings(made):
    """What is accepted for an answer that is written."""
    answer = made["answer"]
    if made["form"] == "line":
        return [answer, answer.split(":")[1], "line " + answer.split(":")[1]]
    if made["form"] == "place" and answer.startswith("heap"):
        return [answer, answer.split()[2], answer.replace(" ", "")]
    return [answer, "NULL"] if made["form"] == "place" and answer == "0" else [answer]


def qti(root, quiz):
    check_qti(root)
    find = lambda element, tag: element.findall(f".//{NAMESPACE}{tag}")
    items = find(root, "item")
    idents = [e.get("ident") for e in items + find(root, "section") + find(root, "assessment")]
    assert len(set(idents)) == len(idents) and len(items) == len(quiz["questions"])
    for item, made in zip(items, quiz["questions"]):
        labels = find(item, "response_label")
        assert find(item, "fieldentry")[0].text == TYPES[made["form"]][1]
        accepted = [e.text for e in find(item, "varequal")]
        fields = find(item, "response_lid") + find(item, "response_str")
        assert len(fields) == 1 and all(e.get("respident") == fields[0].get("ident") for e in find(item, "varequal"))
        if made["options"]:
            assert [find(label, "mattext")[0].text for label in labels] == made["options"]
            assert [[label.get("ident") for label in labels].index(name) for name in accepted] == [made["answer"]]
        else:
            assert len(labels) == 1 and accepted == spellings(made)
        assert [e.text for e in find(item, "vargte") + find(item, "varlte")] == ([made["answer"]] * 2 if made["form"] == "number" else [])
        assert find(item, "displayfeedback")[0].get("linkrefid") == find(item, "itemfeedback")[0].get("ident")


def moodle(root, quiz):
    assert root.tag == "quiz"
    category, *questions = root
    assert category.get("type") == "category"
    assert category.find("category/text").text == f"$course$/{quiz['lab']}/{quiz['student']}"
    assert len(questions) == len(quiz["questions"])
    for question, made in zip(questions, quiz["questions"]):
        assert question.get("type") == TYPES[made["form"]][0]
        assert question.find("name/text").text and question.find("questiontext").get("format") == "html"
        assert float(question.find("defaultgrade").text) > 0
        tree.fromstring(f"<x>{question.find('questiontext/text').text}</x>")  # its text is markup that is closed again
        answers = question.findall("answer")
        assert all(a.get("format") in ("plain_text", "html", "moodle_auto_format", "markdown") for a in answers)
        texts, fractions = [a.find("text").text for a in answers], [a.get("fraction") for a in answers]
        if made["options"]:
            assert question.find("single").text == "true" and question.find("answernumbering").text == "abc"
            assert question.find("shuffleanswers").text in ("true", "false") and texts == made["options"]
            assert fractions == ["100" if i == made["answer"] else "0" for i in range(len(texts))]
        else:
            assert texts == spellings(made) and set(fractions) == {"100"}
            assert made["form"] == "number" or question.find("usecase").text == "0"
            assert all(a.find("tolerance").text == "0" for a in answers if made["form"] == "number")


{"qti": qti, "moodle": moodle}[sys.argv[1]](tree.parse(sys.argv[2]).getroot(), json.load(open(sys.argv[3])))
