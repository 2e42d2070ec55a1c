import CivilTime
import Session
import SourceText
import Terminal
import Shell
