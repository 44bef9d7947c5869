// The one place where Asio's and Beast's function bodies are compiled (STYLE.md 2.9).
#include <boost/asio/impl/src.hpp>
#include <boost/beast/src.hpp>
