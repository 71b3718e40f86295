import ArgumentParser
import Compute
@main struct GanExp: ParsableCommand { func run() { print(coreName()) } }
