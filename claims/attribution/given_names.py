"""Common given names: which words begin the name of a person, and of which sex.

Written from general knowledge, not taken from a list. A name that both sexes bear stands in neither.
"""

from claims.attribution.nouns import listed

FEMALE_NAMES = listed(
    """
    Abigail Ada Adriana Agnes Aisha Alessandra Alexandra Alexandria Alice Alicia Alina Alison Allison Amal Amanda
    Amber Amelia Amina Amy Ana Anastasia Andrea Angela Angelina Anita Ann Anna Annabel Anne Annette Annie Antonia
    April Ariana Astrid Audrey Ayesha Barbara Beatrice Beatriz Bella Bernadette Bertha Beth Betty Beverly Birgit
    Bonnie Brenda Brianna Bridget Brigitte Camila Camilla Carla Carmen Carol Caroline Carolyn Carrie Catherine
    Cecilia Celia Charlotte Chelsea Cheryl Chloe Christina Christine Claire Clara Claudia Colleen Condoleezza
    Cynthia Daisy Dana Daniela Danielle Daria Dawn Debbie Deborah Debra Delia Denise Diana Diane Dolores Donna Dora
    Doris Dorothy Edith Eileen Elaine Eleanor Elena Elisabeth Eliza Elizabeth Ella Ellen Elsa Emilia Emily Emma
    Erica Erika Esther Eva Eve Evelyn Fatima Felicia Fiona Flora Florence Frances Francesca Freya Gabriela Gabrielle
    Gail Galina Gemma Georgia Geraldine Gertrude Gina Giorgia Gisela Giulia Gloria Grace Greta Gretchen Gwen Haley
    Hanna Hannah Harriet Hazel Heather Heidi Heike Helen Helena Helga Hilary Hillary Holly Huma Ida Ilse Imogen Ines
    Inga Ingrid Irena Irene Irina Iris Isabel Isabella Isabelle Ivanka Jackie Jacqueline Jana Jane Janet Janice
    Jasmine Jean Jeanette Jeanne Jenna Jennifer Jenny Jessica Jill Joan Joanna Joanne Jocelyn Josephine Joyce
    Juanita Judith Judy Julia Julie Juliet Kamala Karen Karin Kate Katherine Kathleen Kathryn Kathy Katie Katrina
    Kayleigh Kellyanne Kirsten Kristen Kristin Kristina Lara Laura Lauren Leah Leila Lena Letitia Lillian Lily Linda
    Lisa Liz Loretta Lori Louise Lucia Lucy Lydia Lynn Madeleine Madeline Magdalena Maggie Manuela Margaret
    Margarita Margot Maria Mariana Marie Marina Marion Marjorie Marlene Marta Martha Martina Mary Matilda Maureen
    Maya Megan Melania Melanie Melinda Melissa Mercedes Mia Michele Michelle Mila Mildred Mira Miranda Miriam Molly
    Mona Monica Monika Nadia Nancy Naomi Natalia Natalie Natasha Nicola Nicole Nina Nora Norma Oksana Olga Olivia
    Pamela Patricia Paula Pauline Peggy Penelope Penny Petra Philippa Phoebe Phyllis Polly Priscilla Priya Rachel
    Ramona Rebecca Renata Renee Rita Roberta Rosa Rosalind Rose Rosemary Ruby Ruth Sabina Sabine Sabrina Sally
    Samantha Sandra Sara Sarah Selma Shannon Sharon Sheila Shirley Sigrid Silvia Simone Sofia Sonia Sonja Sophia
    Sophie Stacy Stella Stephanie Sue Susan Susanne Suzanne Svetlana Sylvia Tamara Tanya Tara Tatiana Teresa Tessa
    Thelma Theresa Tiffany Tina Tracy Ursula Valentina Valerie Vanessa Vera Veronica Victoria Viola Violet Virginia
    Vivian Wanda Wendy Whitney Wilma Yasmin Yolanda Yulia Yvonne Zainab Zara Zoe"""
)
MALE_NAMES = listed(
    """
    Aaron Abdul Abdullah Abraham Adam Adolf Adrian Ahmad Ahmed Aidan Al Alan Albert Alberto Alejandro Aleksandr
    Alessandro Alexander Alexei Alfonso Alfred Ali Allan Allen Alvin Amir Anatoly Anders Andre Andreas Andrew Andriy
    Andy Angus Anthony Anton Antonio Antony Archie Arnold Arthur Arturo Ashraf Barack Barry Bart Bashar Ben Benjamin
    Bernard Bernie Bert Bill Billy Bjorn Bob Bobby Boris Brad Bradley Brandon Brendan Brent Brett Brian Bruce Bruno
    Bryan Byron Calvin Carl Carlos Cesar Chad Charles Charlie Chester Chris Christian Christoph Christopher Chuck
    Clarence Clark Claude Clifford Clive Colin Conor Cory Craig Curtis Cyril Dale Damian Dan Daniel Dario Darren
    Dave David Dean Dennis Derek Desmond Didier Diego Dieter Dirk Dmitri Dmitry Dominic Don Donald Doug Douglas
    Duncan Dwight Dylan Earl Ed Eddie Edgar Eduardo Edward Edwin Elias Elijah Elliott Emil Emmanuel Enrique Eric
    Erik Ernest Ernst Erwin Ethan Eugene Evan Felix Ferdinand Fernando Fidel Florian Francesco Francis Francisco
    Francois Frank Franklin Franz Fred Frederick Friedrich Gabriel Gareth Gary Gavin Geoff Geoffrey George Gerald
    Gerard Gerhard Giovanni Giuseppe Glenn Gordon Graham Greg Gregory Guillermo Gunter Gustav Guy Hamid Hans Harold
    Harry Harvey Hassan Hector Heinrich Henri Henrik Henry Herbert Herman Hermann Horst Howard Hubert Hugh Hugo
    Hussein Ian Ibrahim Igor Ilya Isaac Ismail Ivan Jack Jacob Jacques Jaime Jake James Jamie Jan Jared Jason Javier
    Jay Jeb Jeff Jeffrey Jens Jeremy Jerome Jerry Jim Jimmy Joachim Joaquin Joe Joel Joerg Johan Johann Johannes
    John Johnny Jon Jonas Jonathan Jorge Jose Josef Joseph Josh Joshua Juan Julian Julius Jurgen Juri Justin Karim
    Karl Keir Keith Ken Kenneth Kevin Khalid Kirk Klaus Konrad Konstantin Kurt Kyle Lance Larry Lars Laurent
    Lawrence Lech Leo Leon Leonard Leonid Leopold Lewis Liam Lindsey Lloyd Louis Luca Lucas Luigi Luis Lukas Luke
    Magnus Mahmoud Malcolm Manfred Manuel Marc Marcel Marco Marcos Marcus Mario Mark Markus Martin Marvin Mateo
    Mathias Matt Matteo Matthew Matthias Maurice Max Maxim Maximilian Mehmet Michael Michel Miguel Mike Mikhail
    Mitch Mitt Mohamed Mohammad Mohammed Moses Muhammad Murray Mustafa Nathan Nathaniel Ned Neil Nelson Newt
    Nicholas Nick Nicolas Nigel Nikolai Nils Noah Noel Norbert Norman Olaf Oleg Oleksandr Oliver Omar Osama Oscar
    Oskar Otto Owen Pablo Patrick Paul Pavel Pedro Pete Peter Petr Phil Philip Philippe Phillip Pierre Piers Piotr
    Rafael Rajesh Ralph Ramon Rand Randy Raul Ray Raymond Recep Reginald Reinhard Rene Rex Ricardo Richard Rick Rob
    Robert Roberto Rodrigo Roger Roland Rolf Roman Ron Ronald Rory Ross Roy Rudolf Rudy Rupert Russell Ryan
    Salman Samuel Sanjay Scott Sean Sebastian Serge Sergei Sergey Sergio Seth Shane Shaun Sigmund Simon Stanley
    Stefan Stephan Stephen Steve Steven Stuart Sven Ted Terence Terry Thaddeus Theodore Thomas Tim Timothy Tobias
    Todd Tom Tommy Tony Travis Trevor Tristan Tyler Uwe Vaclav Valery Vernon Victor Viktor Vincent Vitaly Vladimir
    Volodymyr Wade Wallace Walter Warren Wayne Werner Wilfred Wilhelm William Willy Wolfgang Xavier Yevgeny Yuri
    Yusuf Zachary Zoltan"""
)
_EITHER = listed(
    """Alex Ali Andrea Ashley Avery Blake Cameron Casey Charlie Chris Dana Drew Jackie Jamie Jan Jean Jesse Jordan
    Kelly Kerry Kim Lee Leslie Lindsay Lou Michele Morgan Nicola Pat Reed Riley Robin Sam Sasha Simone Stacy Taylor
    Tracy Vivian"""
)
GIVEN_NAMES = FEMALE_NAMES | MALE_NAMES | _EITHER


def is_female(given: str) -> bool | None:
    """Whether a given name is a woman's; None where it may be either's or is not known."""
    if given in _EITHER:
        return None
    if given in FEMALE_NAMES:
        return True
    return False if given in MALE_NAMES else None
