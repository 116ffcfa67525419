# Answers pairs of versions with RubyGems.
require "rubygems"

STDIN.each_line(chomp: true) do |line|
  a, b = line.force_encoding("UTF-8").split("\t")
  begin
    puts({ -1 => "<", 0 => "=", 1 => ">" }.fetch(Gem::Version.new(a) <=> Gem::Version.new(b)))
  rescue ArgumentError
    puts "!"
  end
end
