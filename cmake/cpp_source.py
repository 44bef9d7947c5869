"""Writes C++ tables for the generators beside this file."""


def literal(text):
    """Returns a C++ string literal of the text, which is UTF-8 as our sources are."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def array(declaration, values):
    """Returns `constexpr DECLARATION[] = {…};`, a value a line."""
    return f"constexpr {declaration}[] = {{\n" + "".join(f"    {value},\n" for value in values) + "};\n"


def accessor(element, function, name):
    """Returns the function that shows the array to the rest of the program."""
    return f"std::span<const {element}> {function}() {{ return {name}; }}\n"


def source(generator, includes, namespace, tables, functions):
    """Returns the whole source: `tables` are seen by `functions` only."""
    return (f"// Generated from dict/ by cmake/{generator}.\n" +
            "".join(f'#include "{include}"\n' for include in includes) +
            f"\nnamespace {namespace} {{\nnamespace {{\n\n" + "\n".join(tables) +
            "\n}  // namespace\n\n" + "".join(functions) + f"\n}}  // namespace {namespace}\n")
