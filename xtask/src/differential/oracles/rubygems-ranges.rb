# Answers "range, version" with RubyGems: "order" asks the requirement, "default" the dependency.
require "rubygems"

by_default = ARGV.first == "default"
STDIN.each_line(chomp: true) do |line|
  range, version = line.split("\t")
  begin
    requirement = Gem::Requirement.new(range.split(",").map(&:strip))
    version = Gem::Version.new(version)
    held = by_default ? Gem::Dependency.new("x", requirement).match?("x", version) : requirement.satisfied_by?(version)
    puts held ? "y" : "n"
  rescue ArgumentError
    puts "!"
  end
end
